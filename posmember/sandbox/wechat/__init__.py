"""WeChat Pay, and a chain's relay, of the sandbox."""
