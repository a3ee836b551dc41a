-- Leave everything as it was before the transaction.
rollback;
