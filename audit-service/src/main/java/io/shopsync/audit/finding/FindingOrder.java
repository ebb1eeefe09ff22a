package io.shopsync.audit.finding;

import io.shopsync.audit.platform.Select;
import io.shopsync.audit.platform.TimeCursor;
import io.shopsync.audit.platform.TimeOrder;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.platform.Cursor;
import java.util.UUID;

/** The orders in which findings are listed. */
enum FindingOrder {
    /** Newest first. */
    DESC {
        @Override
        void after(Select select, String cursor) {
            TimeOrder.DESC.after(select, TimeCursor.decode(cursor));
        }

        @Override
        void page(Select select, int rows) {
            TimeOrder.DESC.page(select, rows);
        }
    },
    /** Oldest first. */
    ASC {
        @Override
        void after(Select select, String cursor) {
            TimeOrder.ASC.after(select, TimeCursor.decode(cursor));
        }

        @Override
        void page(Select select, int rows) {
            TimeOrder.ASC.page(select, rows);
        }
    },
    /** Most severe first, and of these the newest. */
    WORST {
        @Override
        void after(Select select, String cursor) {
            var parts = Cursor.decode(cursor, 3).parts();
            try {
                select.and(
                        "(severity, time, id) < (?::severity, ?, ?)",
                        Severity.valueOf(parts.get(0)).name(),
                        TimeCursor.time(parts.get(1)),
                        UUID.fromString(parts.get(2)));
            } catch (IllegalArgumentException e) {
                throw Cursor.invalid();
            }
        }

        @Override
        void page(Select select, int rows) {
            select.then("order by severity desc, time desc, id desc limit ?", rows);
        }

        @Override
        Cursor cursor(Finding last) {
            return Cursor.of(last.severity().name(), last.time().toEpochMilli(), last.id());
        }
    };

    /** Goes on after a cursor of a page in the same order. */
    abstract void after(Select select, String cursor);

    /** Cuts the list. */
    abstract void page(Select select, int rows);

    /** The cursor that continues after an item. */
    Cursor cursor(Finding last) {
        return new TimeCursor(last.time(), last.id()).cursor();
    }
}
