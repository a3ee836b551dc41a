-- Where what the models say of each purchase history is put down; empty without a
-- fitted model. Money is in multiples of a customer's scale, v + m_x · x of the
-- spend model, and null without one.
create or replace temp table predictions (
  x integer, t_x integer, t_cal integer, p_alive double, expected_orders double, orders_low integer, orders_high integer, p_no_order double,
  per_order double, value double, value_low double, value_high double
);
