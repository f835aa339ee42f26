"""Finished files go to people: to a folder or by mail, never twice, never above the level that a place may have."""

from reports.delivery.carrier import Carrier, deliver
from reports.delivery.destinations import Destination, Folder, Mail, destinations
from reports.delivery.ledger import Entry, Ledger
from reports.delivery.parcel import ADDRESS, Delivered, Enclosed, Parcel
from reports.delivery.settings import Server, Settings, read_settings

__all__ = [
    "ADDRESS", "Carrier", "Delivered", "Destination", "Enclosed", "Entry", "Folder", "Ledger", "Mail", "Parcel",
    "Server", "Settings", "deliver", "destinations", "read_settings",
]  # fmt: skip
