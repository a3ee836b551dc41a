-- Forget all files and what came of them, to read them anew. Mappings that were
-- confirmed, settings, snapshots and what was decided by hand about persons stay.
delete from core.campaign_members;
delete from core.campaigns;
delete from core.spend;
delete from core.interactions;
delete from core.referrals;
delete from core.refunds;
delete from core.products;
delete from core.order_lines;
delete from core.orders;
delete from core.accounts;
delete from core.identities;
delete from core.persons;
delete from core.merges where rule <> 'hand';
delete from raw.rejects;
delete from raw.files;
delete from saved.workspace where name like 'conversions of file %';
