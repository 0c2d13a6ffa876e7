"""What stands beside the till's own program: reached in one key, small, and handing codes over."""
