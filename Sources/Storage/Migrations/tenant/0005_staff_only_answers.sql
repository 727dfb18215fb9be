-- What: codes of the answers of a request that only the lead's staff may read.
-- Why:  a witness's word or a licence plate is never shown in public, whatever becomes of the catalogue later.
-- Lock: ACCESS EXCLUSIVE on service_request for an instant. Time: instant, the default is kept in the catalogue.

ALTER TABLE service_request ADD COLUMN staff_only_answers text[] NOT NULL DEFAULT '{}';
