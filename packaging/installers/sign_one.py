"""Signs the file that is named, with the certificate that the environment names: for NSIS."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from installers.signing import from_environment

CERTIFICATE = from_environment()
if CERTIFICATE is None:
    sys.exit("no certificate is named")
CERTIFICATE.sign(Path(sys.argv[1]))
