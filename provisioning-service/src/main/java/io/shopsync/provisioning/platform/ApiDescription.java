package io.shopsync.provisioning.platform;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.shopsync.platform.Problem;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says once, for all operations, that whatever goes wrong is answered with a problem document. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String NAME = "Problem";
    private static final String REFERENCE = "#/components/schemas/" + NAME;
    private static final int FIRST_PROBLEM = 400;

    @Override
    public Operation filterOperation(Operation operation) {
        var responses = operation.getResponses();
        if (!responses.hasAPIResponse("400")) {
            responses.addAPIResponse(
                    "400", OASFactory.createAPIResponse().description("`invalid-request` or `malformed-json`"));
        }
        responses.addAPIResponse("503", OASFactory.createAPIResponse().description("`unavailable`: try again later"));
        responses.getAPIResponses().entrySet().stream()
                .filter(response -> isProblem(response.getKey()))
                .forEach(response -> describe(response.getValue()));
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var violation = object().addProperty("field", text()).addProperty("message", text());
        api.getComponents()
                .addSchema(
                        NAME,
                        object().description("A problem document (RFC 9457). Act on its code.")
                                .addProperty("type", text())
                                .addProperty("title", text())
                                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                                .addProperty("code", text())
                                .addProperty("detail", text())
                                .addProperty(
                                        "violations",
                                        OASFactory.createSchema()
                                                .addType(SchemaType.ARRAY)
                                                .items(violation)));
    }

    private static boolean isProblem(String status) {
        return Integer.parseInt(status) >= FIRST_PROBLEM;
    }

    private static void describe(APIResponse response) {
        response.content(OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(REFERENCE))));
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
