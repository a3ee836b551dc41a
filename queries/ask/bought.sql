-- The purchase days of every customer up to the as-of date of the settings.
derived.purchase_days
