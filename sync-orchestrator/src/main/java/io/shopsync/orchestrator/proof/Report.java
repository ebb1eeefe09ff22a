package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.proof.matrix.Outcome;
import io.shopsync.orchestrator.proof.matrix.Who;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a check found: the text that is signed.
 *
 * @param shop empty for all shops
 * @param policy tells the security rules apart that were to be met
 * @param attempts what was tried, over all shops
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Report(
        String type,
        UUID checkId,
        Optional<ShopId> shop,
        String requestedBy,
        Instant requestedAt,
        Instant startedAt,
        Instant finishedAt,
        String couchdb,
        String policy,
        Verdict verdict,
        List<Tally> attempts,
        List<ShopPart> shops) {

    /** The version of this form. */
    static final String TYPE = "shopsync.isolation-report.v1";

    public Report {
        attempts = List.copyOf(attempts);
        shops = List.copyOf(shops);
    }

    /** How many requests were tried. */
    public int tried() {
        return attempts.stream().mapToInt(Tally::tried).sum();
    }

    /** How many of them came out otherwise than they should. */
    public int unexpected() {
        return attempts.stream().mapToInt(Tally::unexpected).sum();
    }

    /** The attempts as a table: a row a request, in it what came of it for each of {@link Who}, in their order. */
    public List<Row> table() {
        var byRequest = attempts.stream()
                .collect(Collectors.groupingBy(Tally::attempt, LinkedHashMap::new, Collectors.toList()));
        return byRequest.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey(),
                        Arrays.stream(Who.values())
                                .map(who -> entry.getValue().stream()
                                        .filter(tally -> tally.who() == who)
                                        .toList())
                                .toList()))
                .toList();
    }

    /**
     * One row of the table.
     *
     * @param cells more than one tally in a cell where the same request should be let in here and refused there
     */
    public record Row(String attempt, List<List<Tally>> cells) {}

    /** One kind of attempt by one of those who made it. */
    public record Tally(String attempt, Who who, Outcome expected, int tried, int asExpected) {
        /** How many came out otherwise than they should. */
        public int unexpected() {
            return tried - asExpected;
        }

        /** What should come of it, for people. */
        public String expectation() {
            return switch (expected) {
                case LET_IN -> "let in";
                case REFUSED -> "refused";
                case UNCLEAR -> "unclear";
            };
        }
    }

    /**
     * What was found about one shop.
     *
     * @param other the shop whose login played the stranger; empty where there is no other
     * @param note what else there is to say
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ShopPart(
            ShopId shop,
            Optional<ShopId> other,
            Instant checkedAt,
            Verdict verdict,
            List<DatabasePart> databases,
            List<LoginPart> logins,
            List<Deviation> deviations,
            Optional<String> note) {

        public ShopPart {
            databases = List.copyOf(databases);
            logins = List.copyOf(logins);
            deviations = List.copyOf(deviations);
        }
    }

    /**
     * One database of a shop.
     *
     * @param documents how many it holds, the guard among them
     * @param foreign how many documents and leaf revisions in it are not the shop's
     * @param foreignLocal how many {@code _local} documents in it carry another shop's id
     */
    public record DatabasePart(
            String database,
            boolean exists,
            boolean securityAsWished,
            boolean guardAsWished,
            long documents,
            long foreign,
            long foreignLocal) {

        /** Whether all is as it should be. */
        public boolean clean() {
            return exists && securityAsWished && guardAsWished && foreign == 0 && foreignLocal == 0;
        }
    }

    /** One login of a shop. */
    public record LoginPart(String login, boolean asWished) {}

    /**
     * An attempt that came out otherwise than it should.
     *
     * @param status CouchDB's; 0 where no answer came
     */
    public record Deviation(String database, String attempt, Who who, Outcome expected, Outcome outcome, int status) {}
}
