-- Begin a transaction that cannot write.
begin transaction read only;
