package io.shopsync.contracts.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The JSON schema of each event's data, in draft 7 (AsyncAPI's own dialect).
 *
 * <p>A component is required unless it is {@link Optional} or reads as empty where it is missing
 * ({@code @JsonSetter(nulls = Nulls.AS_EMPTY)}): the two ways in which a component can be added to an event that is
 * already stored.
 */
final class EventSchemas {

    private final SourceDocs docs = SourceDocs.read(Published.SOURCES);
    private final SchemaGenerator generator = new SchemaGenerator(config().build());

    /** Every event type with the schema of its data. */
    Map<String, ObjectNode> all() {
        var schemas = new TreeMap<String, ObjectNode>();
        EventTypes.all().forEach((type, event) -> schemas.put(type, schema(type, event)));
        return schemas;
    }

    /** What the sources say an event means. */
    String meaning(Class<? extends Event> event) {
        return docs.of(event).orElseThrow(() -> new AssertionError(event + " has no Javadoc"));
    }

    private ObjectNode schema(String type, Class<? extends Event> event) {
        var schema = generator.generateSchema(event).put("title", type);
        mergeDescriptions(schema);
        return schema;
    }

    /** What a component means in its record wins over what its type means anywhere. */
    private static void mergeDescriptions(JsonNode node) {
        if (node instanceof ObjectNode schema && schema.remove("allOf") instanceof ArrayNode parts) {
            parts.forEach(part -> schema.setAll((ObjectNode) part));
        }
        node.forEach(EventSchemas::mergeDescriptions);
    }

    private SchemaGeneratorConfigBuilder config() {
        var config = new SchemaGeneratorConfigBuilder(Published.JSON, SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(
                        Option.INLINE_ALL_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(EventSchemas::valueType)
                .withDescriptionResolver(
                        scope -> docs.of(scope.getType().getErasedType()).orElse(null));
        config.forFields()
                .withRequiredCheck(EventSchemas::required)
                .withDescriptionResolver(field -> docs.of(field.getRawMember().getDeclaringClass(), field.getName())
                        .orElse(null));
        return config;
    }

    private static boolean required(FieldScope field) {
        var setter = field.getRawMember().getAnnotation(JsonSetter.class);
        return field.getRawMember().getType() != Optional.class && (setter == null || setter.nulls() != Nulls.AS_EMPTY);
    }

    /** Enums and identifiers as the strings that Jackson makes of them. */
    private static CustomDefinition valueType(ResolvedType type, SchemaGenerationContext context) {
        var erased = type.getErasedType();
        var schema = Published.JSON.createObjectNode().put("type", "string");
        if (erased.isEnum()) {
            var values = schema.putArray("enum");
            Arrays.stream(erased.getEnumConstants())
                    .forEach(constant -> values.add(Published.JSON.valueToTree(constant)));
            return new CustomDefinition(schema);
        }
        if (erased.isRecord() && isIdentifier(erased)) {
            return new CustomDefinition(schema.put("pattern", '^' + pattern(erased) + '$'));
        }
        return null;
    }

    private static boolean isIdentifier(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(JsonValue.class));
    }

    private static String pattern(Class<?> identifier) {
        try {
            return (String) identifier.getField("PATTERN").get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(identifier + " has no public PATTERN", e);
        }
    }
}
