r"""Where the machine's policy is: known also before there is time to read one.

On Windows the values of a key of ``HKLM``, else a file.
"""

from typing import Final

REGISTRY_KEY: Final = r"Software\Policies\posmember"
POLICY_FILE: Final = "/etc/posmember/policy.toml"
