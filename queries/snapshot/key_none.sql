-- A single row needs nothing that tells it from others.
''
