-- The invariants of the ledger, kept by the database itself.
-- A transfer takes the next place in the chain and names the link before it.
CREATE TRIGGER `transfers_chained` BEFORE INSERT ON `transfers`
BEGIN
  SELECT RAISE(ABORT, 'ledger: not the next position')
  WHERE NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM transfers);
  SELECT RAISE(ABORT, 'ledger: not chained to the transfer before')
  WHERE NEW.previous_cid IS NOT (SELECT cid FROM transfers WHERE position = NEW.position - 1);
  SELECT RAISE(ABORT, 'ledger: time does not grow')
  WHERE NEW.time_us <= (SELECT time_us FROM transfers WHERE position = NEW.position - 1);
  SELECT RAISE(ABORT, 'ledger: the accounts are of different credits')
  WHERE (SELECT credit_kind FROM accounts WHERE id = NEW.debit_account_id)
    <> (SELECT credit_kind FROM accounts WHERE id = NEW.credit_account_id);
  SELECT RAISE(ABORT, 'ledger: does not match the pending transfer it resolves')
  WHERE NEW.resolves IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM transfers AS pending
    WHERE pending.id = NEW.resolves
      AND pending.kind = 'pending'
      AND pending.amount = NEW.amount
      AND pending.debit_account_id = NEW.debit_account_id
      AND pending.credit_account_id = NEW.credit_account_id
  );
END;
--> statement-breakpoint
-- The balances follow from the transfers, in the same statement.
CREATE TRIGGER `transfers_applied` AFTER INSERT ON `transfers`
BEGIN
  UPDATE accounts SET
    debits_posted = debits_posted + CASE WHEN NEW.kind IN ('posted', 'post') THEN NEW.amount ELSE 0 END,
    debits_pending = debits_pending + CASE NEW.kind
      WHEN 'pending' THEN NEW.amount WHEN 'posted' THEN 0 ELSE -NEW.amount END
  WHERE id = NEW.debit_account_id;
  UPDATE accounts SET
    credits_posted = credits_posted + CASE WHEN NEW.kind IN ('posted', 'post') THEN NEW.amount ELSE 0 END,
    credits_pending = credits_pending + CASE NEW.kind
      WHEN 'pending' THEN NEW.amount WHEN 'posted' THEN 0 ELSE -NEW.amount END
  WHERE id = NEW.credit_account_id;
END;
--> statement-breakpoint
CREATE TRIGGER `transfers_not_updated` BEFORE UPDATE ON `transfers`
BEGIN
  SELECT RAISE(ABORT, 'ledger: transfers are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `transfers_not_deleted` BEFORE DELETE ON `transfers`
BEGIN
  SELECT RAISE(ABORT, 'ledger: transfers are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `accounts_not_deleted` BEFORE DELETE ON `accounts`
BEGIN
  SELECT RAISE(ABORT, 'ledger: accounts stay');
END;
--> statement-breakpoint
CREATE TRIGGER `accounts_keep_their_name` BEFORE UPDATE OF name, kind, credit_kind ON `accounts`
BEGIN
  SELECT RAISE(ABORT, 'ledger: an account keeps its name and kind');
END;
--> statement-breakpoint
-- A decision about evidence is final.
CREATE TRIGGER `reviews_not_updated` BEFORE UPDATE ON `reviews`
BEGIN
  SELECT RAISE(ABORT, 'reviews are final');
END;
--> statement-breakpoint
CREATE TRIGGER `reviews_not_deleted` BEFORE DELETE ON `reviews`
BEGIN
  SELECT RAISE(ABORT, 'reviews are final');
END;
