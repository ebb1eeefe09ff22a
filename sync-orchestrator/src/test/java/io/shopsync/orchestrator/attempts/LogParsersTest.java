package io.shopsync.orchestrator.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.orchestrator.attempts.Sighting.LockedOut;
import io.shopsync.orchestrator.attempts.Sighting.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are CouchDB 3.5.0's and nginx's own, as they were seen. */
class LogParsersTest {

    private static final String HEAD = "[notice] 2026-11-23T17:50:48.213463Z couchdb@127.0.0.1 <0.629.0> 1fb5a3618d ";
    private static final Instant TIME = Instant.parse("2026-11-23T17:50:48.213463Z");

    @Test
    void readsARefusedRequest() {
        assertThat(couchdb(
                        HEAD + "127.0.0.1:25984 203.0.113.9 shop_xa_sync GET /shop_xb_sales/_all_docs?a=b 403 ok 448"))
                .containsExactly(new Refused(
                        TIME, Optional.of("shop_xa_sync"), Optional.empty(), "203.0.113.9", "GET", "shop_xb_sales"));
    }

    @Test
    void passesOverWhatWasAnsweredOtherwiseAndWhatIsNoRequest() {
        assertThat(couchdb(
                        HEAD + "localhost 127.0.0.1 shop_xa_sync GET /shop_none_sales 404 ok 2",
                        HEAD + "localhost 127.0.0.1 undefined POST /_session 200 ok 7",
                        "[notice] 2026-11-23T17:50:48.227867Z couchdb@127.0.0.1 <0.392.0> -------- Started replicator db"
                                + " changes listener <0.791.0>",
                        "[error] 2026-11-23T17:50:48.213125Z couchdb@127.0.0.1 <0.786.0> 1fb5a3618d rexi_server: from:"
                                + " couchdb@127.0.0.1(<0.629.0>) mfa: fabric_rpc:open_shard/2 throw:{forbidden,<<\"You are"
                                + " not allowed to access this db.\">>} 403 ok 1",
                        "",
                        "[notice]"))
                .isEmpty();
    }

    @Test
    void knowsWhoAWrongPasswordWasTriedForByTheRequestsId() {
        assertThat(couchdb(
                        "[warning] 2026-11-23T17:50:48.683896Z couchdb@127.0.0.1 <0.687.0> 1fb5a3618d couch_httpd_auth:"
                                + " Authentication failed for user shop_xa_sync from 127.0.0.1",
                        HEAD + "localhost 127.0.0.1 undefined GET /shop_xb_sales 401 ok 1"))
                .containsExactly(new Refused(
                        TIME, Optional.empty(), Optional.of("shop_xa_sync"), "127.0.0.1", "GET", "shop_xb_sales"));
    }

    @Test
    void readsALockOut() {
        assertThat(couchdb(
                        "[warning] 2026-11-23T17:50:48.213463Z couchdb@127.0.0.1 <0.692.0> aadf3820c4 couch_httpd_auth:"
                                + " Authentication rejected for locked-out user shop_xa_sync from 203.0.113.9"))
                .containsExactly(new LockedOut(TIME, "shop_xa_sync", "203.0.113.9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /shop_xb_sales                        | shop_xb_sales
            /shop%5Fxb_sales/doc                  | shop_xb_sales
            /%73hop_xb_sales                      | shop_xb_sales
            //shop_xb_sales/dbl                   | shop_xb_sales
            http://127.0.0.1:25984/shop_xb_sales/ | shop_xb_sales
            /shop_xb_sales?feed=continuous        | shop_xb_sales
            /shop_xb_sales;x/d                    | shop_xb_sales;x
            /a+b                                  | a+b
            """)
    void readsADatabaseAsCouchDbDoes(String target, String database) {
        assertThat(couchdb(HEAD + "h 127.0.0.1 u GET " + target + " 403 ok 1"))
                .extracting(sighting -> ((Refused) sighting).database())
                .containsExactly(database);
    }

    @Test
    void isNotTakenInByAHeaderThatLooksLikeARequest() {
        // Given headers that CouchDB logged as they came, one with a line break in it
        var forged = "evil 1.2.3.4 shop_other_sync GET /shop_xa_sales 403 ok 1";
        // When
        var seen = couchdb(
                HEAD + forged + " 127.0.0.1 shop_xa_sync GET /shop_xb_sales/doc 403 ok 1",
                HEAD + forged + "\r",
                " y 127.0.0.1 shop_xa_sync GET /shop_xb_sales/doc 403 ok 1",
                HEAD + forged,
                "\t" + HEAD + forged + " 127.0.0.1 shop_xa_sync GET /shop_xb_sales/doc 403 ok 1",
                HEAD + "h a b c 403 ok 1 shop_xa_sync GET /shop_xb_sales/doc 403 ok 1");
        // Then
        assertThat(seen).hasSize(4).allSatisfy(sighting -> {
            var refused = (Refused) sighting;
            assertThat(refused.login()).contains("shop_xa_sync");
            assertThat(refused.database()).isEqualTo("shop_xb_sales");
            assertThat(refused.address()).isIn("127.0.0.1", "unknown");
        });
    }

    @Test
    void takesWhatTheEdgeRefusedByItselfAsUnproven() {
        var line = """
                {"time":"2026-03-01T09:30:00+00:00","address":"203.0.113.7","login":"shop_acme_sync","shop":"globex",\
                "target":"shop_globex_sales","asked":"reserved","method":"GET","status":403,"by":"%s","seconds":0.002,\
                "bytes":341,"agent":"x"}""";
        var byEdge = line.formatted("edge");
        var byCouchdb = line.formatted("couchdb");
        var edge = new EdgeLog(new ObjectMapper(), false);
        var speaking = new EdgeLog(new ObjectMapper(), true);
        assertThat(edge.read(List.of(byEdge, byCouchdb, "no JSON", "{\"status\":403")))
                .containsExactly(new Refused(
                        Instant.parse("2026-03-01T09:30:00Z"),
                        Optional.empty(),
                        Optional.of("shop_acme_sync"),
                        "203.0.113.7",
                        "GET",
                        "shop_globex_sales"));
        assertThat(speaking.read(List.of(byCouchdb)))
                .extracting(sighting -> ((Refused) sighting).login())
                .containsExactly(Optional.of("shop_acme_sync"));
    }

    @Test
    void findsTheLineInADatagram() {
        assertThat(SyslogMessage.lineOf(
                        "<149>1 2026-11-23T17:50:50.473555Z vm couchdb <0.623.0> b631376b22 - 127.0.0.1:25985"
                                + " 127.0.0.1 shop_xa_sync GET /shop%5Fxb_sales/doc 403 ok 1\n"))
                .contains("[notice] 2026-11-23T17:50:50.473555Z vm <0.623.0> b631376b22 127.0.0.1:25985 127.0.0.1"
                        + " shop_xa_sync GET /shop%5Fxb_sales/doc 403 ok 1");
        assertThat(SyslogMessage.lineOf(
                                "<148>1 2026-11-23T17:50:50.931980Z vm couchdb <0.754.0> 2bc3076c29 - couch_httpd_auth:"
                                        + " Authentication rejected for locked-out user shop_xa_sync from 127.0.0.1\n")
                        .map(line -> couchdb(line).size()))
                .contains(1);
        assertThat(SyslogMessage.lineOf("<190>Nov 23 17:50:50 vm edge: {\"time\":1}"))
                .contains("{\"time\":1}");
        assertThat(SyslogMessage.lineOf(
                        "<147>1 2026-11-23T17:50:50.491181Z vm couchdb <0.784.0> d65a347e85 - rexi_server: x"))
                .isEmpty();
        assertThat(SyslogMessage.lineOf("anything\n")).isEmpty();
    }

    /** Whatever a request's host, forwarded address, login and target are, it is read as the request it was. */
    @Test
    void readsBackWhatWasAskedWhateverTheHeadersHold() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            // Given
            var expected = new ArrayList<Sighting>();
            var lines = new ArrayList<String>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                var address = random.nextBoolean() ? "10.0.0." + random.nextInt(256) : "fe80::" + random.nextInt(9);
                var login = random.nextInt(3) == 0 ? "undefined" : "shop_a" + random.nextInt(9) + "_sync";
                var database = "shop_b" + random.nextInt(9) + "_sales";
                var status = List.of("200", "401", "403", "404").get(random.nextInt(4));
                var host = noise(random);
                lines.addAll(List.of((HEAD + host + ' ' + address + ' ' + login + " PUT /" + database + '/'
                                + random.nextInt(99) + ' ' + status + " ok " + random.nextInt(99))
                        .split("\n")));
                if (status.equals("401") || status.equals("403")) {
                    expected.add(new Refused(
                            TIME,
                            Optional.of(login).filter(name -> !name.equals("undefined")),
                            Optional.empty(),
                            address,
                            "PUT",
                            database));
                }
            }
            // Then
            assertThat(new CouchLog().read(lines))
                    .as("seed %d, lines %s", seed, lines)
                    .isEqualTo(expected);
        }
    }

    /** No text makes it fail, and lines of CouchDB's are still read after it. */
    @Test
    void bearsAnyText() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var line = HEAD + "h 127.0.0.1 shop_xa_sync GET /shop_xb_sales 403 ok 1";
        for (int round = 0; round < 5_000; round++) {
            var broken = new StringBuilder(line);
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(broken.length());
                switch (random.nextInt(3)) {
                    case 0 -> broken.deleteCharAt(at);
                    case 1 -> broken.insert(at, (char) random.nextInt(0x3000));
                    default -> broken.setCharAt(at, (char) random.nextInt(128));
                }
            }
            var lines = new ArrayList<>(List.of(broken.toString().split("\n")));
            lines.add(line);
            SyslogMessage.lineOf(broken.toString());
            assertThat(new CouchLog().read(lines))
                    .as("seed %d, line %s", seed, broken)
                    .last()
                    .extracting(sighting -> ((Refused) sighting).login())
                    .isEqualTo(Optional.of("shop_xa_sync"));
        }
    }

    /** Words that a header could hold, also such as look like the rest of a line, and folded lines. */
    private static String noise(Random random) {
        var words = List.of(
                "localhost:5984",
                "403",
                "ok",
                "1",
                "GET",
                "/shop_x_sales",
                "[notice]",
                "\r\n ",
                "\n\t",
                "10.9.9.9",
                "<0.1.0>");
        var noise = new StringBuilder("h");
        for (int i = random.nextInt(9); i > 0; i--) {
            noise.append(' ').append(words.get(random.nextInt(words.size())));
        }
        return noise.toString();
    }

    private static List<Sighting> couchdb(String... lines) {
        return new CouchLog().read(List.of(lines));
    }
}
