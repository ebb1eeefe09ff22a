package io.shopsync.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.shopsync.eventing.EventJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"login":"a","salt":"x","derivedKey":"y"}        | {"login":"a"}
            {"logins":[{"derived_key":"y","prf":"sha256"}]}   | {"logins":[{"prf":"sha256"}]}
            {"a":{"b":[{"Password":"p"}]}}                    | {"a":{"b":[{}]}}
            {"credentials":{"user":"u"},"n":1}                | {"n":1}
            {"doc":{"name":"Eve"},"documentId":"sale-1"}      | {"documentId":"sale-1"}
            {"document":"sale-1","body":[1,2]}                | {"document":"sale-1"}
            {"documents":7,"_attachments":{"a":{}}}           | {"documents":7}
            {"saltines":1,"passwordless":true}                | {"saltines":1,"passwordless":true}
            """)
    void removesSecretsAndBodiesAtAnyDepth(String data, String kept) throws JsonProcessingException {
        // Given
        var node = EventJson.mapper().readTree(data);
        // When
        Redaction.apply(node);
        // Then
        assertThat(node).isEqualTo(EventJson.mapper().readTree(kept));
    }
}
