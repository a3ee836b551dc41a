-- Keep what the transaction did.
commit;
