import journal from './meta/_journal.json';
import m0000 from './0000_store.sql';
import m0001 from './0001_ledger.sql';
import m0002 from './0002_public_record.sql';
import m0003 from './0003_channels.sql';
import m0004 from './0004_languages.sql';
import m0005 from './0005_sent_at.sql';
import m0006 from './0006_messages.sql';
import m0007 from './0007_read_back.sql';
import m0008 from './0008_budgets.sql';
import m0009 from './0009_honest_delivery.sql';
import m0010 from './0010_pictures.sql';
import m0011 from './0011_books.sql';
import m0012 from './0012_privacy.sql';
import m0013 from './0013_authority.sql';
import m0014 from './0014_people.sql';
import m0015 from './0015_evaluations.sql';
import m0016 from './0016_claims_of_person.sql';
import m0017 from './0017_claims.sql';
import m0018 from './0018_questions_series_slips.sql';
import m0019 from './0019_alert_filters.sql';
import m0020 from './0020_notice_channel.sql';
import m0021 from './0021_series_note.sql';
import m0022 from './0022_caps_carried.sql';
import m0023 from './0023_counter.sql';
import m0024 from './0024_proofs.sql';
import m0025 from './0025_desk.sql';

  export default {
    journal,
    migrations: {
      m0000,
m0001,
m0002,
m0003,
m0004,
m0005,
m0006,
m0007,
m0008,
m0009,
m0010,
m0011,
m0012,
m0013,
m0014,
m0015,
m0016,
m0017,
m0018,
m0019,
m0020,
m0021,
m0022,
m0023,
m0024,
m0025
    }
  }
  