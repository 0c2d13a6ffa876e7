"""The Qimai platform of the sandbox: signatures, answers, faults."""
