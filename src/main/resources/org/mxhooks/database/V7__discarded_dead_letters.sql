-- Dead letters that an operator has discarded: a consumer's, or, with an empty name, a delivery that could not be decoded.
create table discarded (
    consumer varchar(200) not null,
    position bigint not null references delivery (position),
    discarded_at timestamp with time zone not null,
    primary key (consumer, position)
);
create index discarded_position on discarded (position);

-- What a signature covers, and so what makes two deliveries the same one, depends on the scheme.
alter table delivery add column scheme varchar(40) default 'projects' not null;
alter table delivery drop constraint delivery_identity;
alter table delivery add constraint delivery_identity unique (endpoint, scheme, identity);
