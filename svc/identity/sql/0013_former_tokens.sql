-- Hashes of the refresh tokens that a session had before, the newest first: one of them says that somebody stole it. What is none of them says nothing.
alter table identity.sessions add column former_token_hashes bytea[] not null default '{}';
