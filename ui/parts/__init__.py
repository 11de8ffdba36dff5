"""Widgets of lending that several screen rooms show: schedules, cost, before and after."""
