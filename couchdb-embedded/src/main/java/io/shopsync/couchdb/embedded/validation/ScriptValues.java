package io.shopsync.couchdb.embedded.validation;

import com.fasterxml.jackson.databind.JsonNode;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** JSON as values of a script, made afresh for each call: a function may change what it is given. */
final class ScriptValues {
    private ScriptValues() {}

    /** @param json null becomes {@code null} */
    static Object of(Context context, Scriptable scope, JsonNode json) {
        if (json == null) {
            return null;
        }
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Scriptable object = context.newObject(scope);
                json.properties().forEach(member -> {
                    Object value = of(context, scope, member.getValue());
                    object.put(member.getKey(), object, value);
                });
                yield object;
            }
            case ARRAY ->
                context.newArray(
                        scope,
                        json.valueStream().map(item -> of(context, scope, item)).toArray());
            case STRING -> json.textValue();
            case NUMBER -> json.doubleValue();
            case BOOLEAN -> json.booleanValue();
            default -> null;
        };
    }
}
