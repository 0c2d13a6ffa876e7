"""The platform's APIs: the only place that knows its wire names."""
