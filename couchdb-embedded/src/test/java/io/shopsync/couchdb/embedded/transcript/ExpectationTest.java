package io.shopsync.couchdb.embedded.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    private static final String REV = "7-0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "<<any>>"            | {"x":[1]}
            "<<seq>>"            | "12-g1AAAAB"
            "<<seq>>"            | 0
            "<<seq>>"            | null
            "<<rev>>"            | "7-0123456789abcdef0123456789abcdef"
            "<<rev 7>>"          | "7-0123456789abcdef0123456789abcdef"
            {"a":1,"b":[true]}   | {"b":[true],"a":1}
            {"a":{"b":"<<any>>"}}| {"a":{"b":null}}
            """)
    void acceptsWhatWasRecorded(String expected, String actual) throws Exception {
        assertThat(differences(expected, actual)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "<<seq>>"    | true
            "<<seq>>"    | "now"
            "<<rev>>"    | "7-abc"
            "<<rev 2>>"  | "7-0123456789abcdef0123456789abcdef"
            [1,2]        | [1,3]
            [1]          | [1,2]
            {"a":1}      | {"a":1,"b":2}
            {"a":1,"b":2}| {"a":1}
            {"a":1}      | {"a":"1"}
            {"a":null}   | {}
            {}           | []
            """)
    void reportsWhatIsOtherwise(String expected, String actual) throws Exception {
        assertThat(differences(expected, actual)).hasSize(1);
    }

    @Test
    void namesThePlaceOfTheDifference() throws Exception {
        assertThat(differences(
                        "{\"rows\":[{\"id\":\"a\"},{\"id\":\"b\",\"rev\":\"<<rev 1>>\"}]}",
                        "{\"rows\":[{\"id\":\"a\"},{\"id\":\"b\",\"rev\":\"" + REV + "\"}]}"))
                .containsExactly("$.rows[1].rev: expected \"<<rev 1>>\" but was \"" + REV + "\"");
    }

    private static List<String> differences(String expected, String actual) throws Exception {
        return Expectation.differences(json(expected), json(actual));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
