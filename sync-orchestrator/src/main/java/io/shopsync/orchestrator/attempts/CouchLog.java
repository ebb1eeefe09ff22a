package io.shopsync.orchestrator.attempts;

import io.shopsync.orchestrator.attempts.Sighting.LockedOut;
import io.shopsync.orchestrator.attempts.Sighting.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what CouchDB logs, for one source of lines. As CouchDB 3.5 writes them (measured):
 *
 * <pre>
 * [notice] 2026-03-01T09:30:00.123456Z couchdb@127.0.0.1 &lt;0.629.0&gt; 1fb5a3618d localhost:5984 203.0.113.7 shop_acme_sync GET /shop_globex_sales/_changes 403 ok 2
 * [warning] 2026-03-01T09:30:00.123456Z couchdb@127.0.0.1 &lt;0.691.0&gt; cbc726fe24 couch_httpd_auth: Authentication failed for user shop_acme_sync from 203.0.113.7
 * [warning] 2026-03-01T09:30:00.123456Z couchdb@127.0.0.1 &lt;0.692.0&gt; aadf3820c4 couch_httpd_auth: Authentication rejected for locked-out user shop_acme_sync from 203.0.113.7
 * </pre>
 *
 * <p>The words after the request's id are its {@code Host} header, the address, the login ({@code undefined} for none,
 * also after a wrong password), method, target, status, end and milliseconds. A header can hold blanks, and line breaks
 * that are followed by one: the line is therefore read from its end, and one that begins with a blank goes on with the
 * line before. Otherwise whoever asks could hide a request, or invent one in another's name.
 */
final class CouchLog implements LogParser {

    private static final int LONGEST_ENTRY = 64 * 1024;
    private static final int REMEMBERED_CLAIMS = 1024;

    private static final Pattern HEAD =
            Pattern.compile("^\\[(?<level>notice|warning)] (?<time>[^ ]+) [^ ]+ <[\\d.]+> (?<id>[^ ]+) ");
    private static final Pattern REQUEST = Pattern.compile(
            "(?<before>.*) (?<login>[^ ]+) (?<method>[^ ]+) (?<target>[^ ]+) (?<status>\\d{3}) \\w+ \\d+",
            Pattern.DOTALL);
    private static final Pattern FAILED = Pattern.compile(
            "couch_httpd_auth: Authentication (?<how>failed|rejected) for (?:locked-out )?user (?<login>.+?)"
                    + " from (?<address>.*)",
            Pattern.DOTALL);

    /** Who said to be whom in requests that are not answered yet, by their ids. */
    private final Map<String, String> claims = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED_CLAIMS;
        }
    };

    @Override
    public List<Sighting> read(List<String> lines) {
        var sightings = new ArrayList<Sighting>();
        var entry = new StringBuilder();
        for (var line : lines) {
            if (!goesOn(line)) {
                entry(entry.toString()).ifPresent(sightings::add);
                entry.setLength(0);
            }
            if (entry.length() + line.length() <= LONGEST_ENTRY) {
                entry.append(line);
            }
        }
        entry(entry.toString()).ifPresent(sightings::add);
        return sightings;
    }

    private static boolean goesOn(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private Optional<Sighting> entry(String text) {
        if (!text.startsWith("[notice]") && !text.startsWith("[warning]")) {
            return Optional.empty();
        }
        var head = HEAD.matcher(text);
        if (!head.find()) {
            return Optional.empty();
        }
        var rest = text.substring(head.end());
        var id = head.group("id");
        var time = Fields.time(head.group("time"));
        return head.group("level").equals("notice")
                ? time.flatMap(when -> request(rest, when, id))
                : time.flatMap(when -> warning(rest, when, id));
    }

    private Optional<Sighting> request(String words, Instant time, String id) {
        var claimed = Optional.ofNullable(claims.remove(id));
        var request = REQUEST.matcher(words);
        if (!request.matches() || !isRefusal(request.group("status"))) {
            return Optional.empty();
        }
        var login = request.group("login");
        var known = login.equals("undefined") ? Optional.<String>empty() : Optional.of(Fields.login(login));
        var before = request.group("before");
        var address = Fields.address(before.substring(before.lastIndexOf(' ') + 1));
        return Fields.database(request.group("target"))
                .map(database ->
                        new Refused(time, known, claimed, address, Fields.method(request.group("method")), database));
    }

    /** A 404 is none: CouchDB gives it for a database that is not there, whoever asks (measured). */
    private static boolean isRefusal(String status) {
        return status.equals("401") || status.equals("403");
    }

    private Optional<Sighting> warning(String message, Instant time, String id) {
        var failed = FAILED.matcher(message);
        if (!failed.matches()) {
            return Optional.empty();
        }
        claims.put(id, failed.group("login"));
        return failed.group("how").equals("rejected")
                ? Optional.of(new LockedOut(time, failed.group("login"), Fields.address(failed.group("address"))))
                : Optional.empty();
    }
}
