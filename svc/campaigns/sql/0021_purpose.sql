-- Why a group contacts people: marketing (1), which groups of before were taken for, informational (2) or transactional (3).
alter table campaigns.groups add column purpose smallint not null default 1;
