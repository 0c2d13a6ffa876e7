"""The Qimai open platform: its operations, signed."""
