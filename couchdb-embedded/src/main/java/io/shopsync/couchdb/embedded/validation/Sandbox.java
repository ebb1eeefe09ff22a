package io.shopsync.couchdb.embedded.validation;

import java.util.concurrent.TimeUnit;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;

/** Where scripts run: no Java classes, and a limit on how long. */
final class Sandbox extends ContextFactory {
    private static final int CHECK_EVERY = 10_000;
    private static final Object DEADLINE = new Object();

    /** A script that ran too long. An error, so that no script catches it. */
    static final class OutOfTime extends Error {
        private static final long serialVersionUID = 1;
    }

    static void allow(Context context, long milliseconds) {
        context.putThreadLocal(DEADLINE, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    @Override
    protected Context makeContext() {
        Context context = super.makeContext();
        context.setLanguageVersion(Context.VERSION_ES6);
        // A class for every shop's function would cost more than it saves: they run for microseconds.
        context.setInterpretedMode(true);
        context.setMaximumInterpreterStackDepth(1000);
        context.setClassShutter(name -> false);
        context.setInstructionObserverThreshold(CHECK_EVERY);
        return context;
    }

    @Override
    protected void observeInstructionCount(Context context, int count) {
        if (context.getThreadLocal(DEADLINE) instanceof Long deadline && System.nanoTime() > deadline) {
            throw new OutOfTime();
        }
    }
}
