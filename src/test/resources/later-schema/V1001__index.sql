drop index ${concurrently} if exists delivery_weight;
create index ${concurrently} delivery_weight on delivery (weight);
