package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How documents are read with their attachments, as CouchDB 3.5 answered the same. */
class AttachmentsTest {
    private static final String DOCUMENT = "/shop_photo_products/tea";

    private EmbeddedCouch couch;
    private Client client;
    private String first;

    @BeforeEach
    void start() {
        couch = EmbeddedCouch.builder().inMemory().start(0);
        client = Client.of(couch.url());
        client.put("/shop_photo_products", "");
        first = client.put(DOCUMENT, """
                        {"_attachments":{"old":{"content_type":"image/png","data":"b2xk"}}}""").rev();
        client.put(DOCUMENT, """
                {"_rev":"%s","_attachments":{"old":{"stub":true},"new":{"content_type":"image/png","data":"bmV3"}}}""".formatted(first));
    }

    @AfterEach
    void stop() {
        couch.close();
    }

    @Test
    void sendsContentsBehindTheDocumentToWhoeverTakesThem() {
        // When
        var answer = client.send("GET", DOCUMENT + "?attachments=true", "", "Accept", "*/*");
        // Then
        var type = answer.headers().firstValue("Content-Type").orElseThrow();
        assertThat(type).matches("multipart/related; boundary=\"[0-9a-f]{32}\"");
        var boundary = type.substring(type.indexOf('"') + 1, type.length() - 1);
        assertThat(answer.text())
                .startsWith("--" + boundary + "\r\nContent-Type: application/json\r\n\r\n{\"_id\":\"tea\"")
                .contains(boundary + "\r\n" + part("old"))
                .contains(boundary + "\r\n" + part("new"))
                .endsWith("\r\n--" + boundary + "--");
        assertThat(answer.text()).contains("\"length\":3,\"follows\":true").doesNotContain("\"data\"");
    }

    private static String part(String name) {
        return "Content-Disposition: attachment; filename=\"" + name
                + "\"\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\n" + name;
    }

    @Test
    void sendsContentsInTheDocumentToWhoeverWantsJson() {
        var attachments = client.get(DOCUMENT + "?attachments=true").json().path("_attachments");
        assertThat(attachments.path("old").path("data").asText()).isEqualTo("b2xk");
        assertThat(attachments.path("new").path("data").asText()).isEqualTo("bmV3");
    }

    @Test
    void leavesOutWhatCameWithAnAncestorThatTheClientHas() {
        var attachments = attachmentsSince(first);
        assertThat(attachments.path("old").path("stub").asBoolean()).isTrue();
        assertThat(attachments.path("new").path("data").asText()).isEqualTo("bmV3");
    }

    @Test
    void leavesOutNothingForARevisionOfAnotherBranch() {
        var attachments = attachmentsSince("5-" + "a".repeat(32));
        assertThat(attachments.path("old").path("data").asText()).isEqualTo("b2xk");
        assertThat(attachments.path("new").path("data").asText()).isEqualTo("bmV3");
    }

    private JsonNode attachmentsSince(String revision) {
        return client.get(DOCUMENT + "?atts_since=%5B%22" + revision + "%22%5D")
                .json()
                .path("_attachments");
    }
}
