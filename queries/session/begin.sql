-- Begin a transaction.
begin transaction;
