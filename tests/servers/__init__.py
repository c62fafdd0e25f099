"""Real servers for the tests to run against."""
