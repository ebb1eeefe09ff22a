package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Carries commands out, a few at once, for as long as the service runs. */
@ApplicationScoped
class CommandRunner {

    private static final Logger LOG = Logger.getLogger(CommandRunner.class);
    private static final Duration IDLE_POLL = Duration.ofSeconds(2);

    private final CommandStore store;
    private final CommandExecution execution;
    private final CommandConfig config;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Semaphore free;
    private Thread loop;

    CommandRunner(CommandStore store, CommandExecution execution, CommandConfig config) {
        this.store = store;
        this.execution = execution;
        this.config = config;
        this.free = new Semaphore(config.atOnce());
    }

    void start(@Observes StartupEvent event) {
        loop = Thread.ofVirtual().name("sync-commands").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.interrupt();
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Commands.Accepted accepted) {
        wakeUps.release();
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        store.forget(config.kept());
    }

    private void run() {
        try {
            while (true) {
                free.acquire();
                if (!startNext()) {
                    free.release();
                    if (wakeUps.tryAcquire(IDLE_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                        wakeUps.drainPermits();
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startNext() {
        try {
            var claimed = store.claim(CommandExecution.LEASE);
            claimed.ifPresent(command ->
                    Thread.ofVirtual().name("sync-command-" + command.id()).start(() -> carryOut(command)));
            return claimed.isPresent();
        } catch (RuntimeException e) {
            LOG.warnf("no command can be claimed now: %s", e.getMessage());
            return false;
        }
    }

    private void carryOut(SyncCommand command) {
        try {
            store.end(command.id(), SyncCommand.State.DONE, execution.carryOut(command));
        } catch (RuntimeException e) {
            LOG.warnf(e, "the command %s has failed", command.id());
            fail(command, e);
        } finally {
            free.release();
        }
    }

    private void fail(SyncCommand command, RuntimeException e) {
        try {
            var why = JsonNodeFactory.instance.objectNode().put("error", CommandExecution.words(e));
            store.end(command.id(), SyncCommand.State.FAILED, why);
        } catch (RuntimeException again) {
            LOG.warnf("its end is not recorded; it is carried out again: %s", again.getMessage());
        }
    }
}
