"""Bilateral: data about two countries becomes briefs in Word and PDF, in many languages, with sources."""
