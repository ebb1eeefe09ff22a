-- Whoever follows a shop hears of each change of its row with the commit, whoever made it.
create function shop_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('shop_changed', new.shop_id);
    return null;
end
$$;

create trigger shop_changed after update on shop for each row execute function shop_changed();
