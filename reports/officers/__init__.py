"""Word templates that officers write themselves: `{{ tags }}` typed in Word are looked at, and filled from facts."""
