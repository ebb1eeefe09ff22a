package io.shopsync.provisioning.outage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.kafka.KafkaServer;
import io.shopsync.stack.postgres.PostgresServer;
import java.util.Map;

/**
 * A Kafka and a Postgres that a test can stop and start: they are handed to its fields {@code Runnable stopKafka} and so
 * on, because the test and this class are of different class loaders.
 */
public final class StoppableServers implements QuarkusTestResourceLifecycleManager {

    private static final String DATABASE = "provisioning";
    private static final String PASSWORD = "test";

    private KafkaServer kafka;
    private PostgresServer postgres;

    @Override
    public Map<String, String> start() {
        kafka = KafkaServer.temporary();
        postgres = PostgresServer.temporary();
        postgres.createDatabase(DATABASE, PASSWORD);
        return Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl(DATABASE),
                "quarkus.datasource.username",
                DATABASE,
                "quarkus.datasource.password",
                PASSWORD);
    }

    @Override
    public void inject(TestInjector injector) {
        var controls = Map.<String, Runnable>of(
                "stopKafka", kafka::stop,
                "startKafka", kafka::start,
                "stopPostgres", postgres::stop,
                "startPostgres", postgres::start);
        controls.forEach((name, control) ->
                injector.injectIntoFields(control, field -> field.getName().equals(name)));
    }

    @Override
    public void stop() {
        postgres.close();
        kafka.close();
    }
}
