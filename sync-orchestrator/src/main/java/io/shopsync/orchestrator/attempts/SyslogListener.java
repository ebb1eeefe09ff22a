package io.shopsync.orchestrator.attempts;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes log lines of CouchDB and of edges over UDP, and hands on the attempts in them, several at a time. */
final class SyslogListener {

    private static final Logger LOG = Logger.getLogger(SyslogListener.class);

    private static final int LONGEST_DATAGRAM = 64 * 1024;
    /** What the kernel keeps for us while we are busy. */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    private static final int MOST_WAITING = 10_000;
    private static final int AT_ONCE = 1000;
    private static final long GATHER_MILLIS = 100;
    private static final long PAUSE_MILLIS = 1000;

    private final LogParser couchLog = new CouchLog();
    private final LogParser edgeLog;
    private final Judge judge;
    private final Bursts bursts;
    private final Counter dropped;
    private final DatagramSocket socket;
    private final BlockingQueue<Attempt> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Thread> threads;

    /** @throws SocketException where somebody else listens there */
    SyslogListener(InetSocketAddress address, LogParser edgeLog, Judge judge, Bursts bursts, Counter dropped)
            throws SocketException {
        this.edgeLog = edgeLog;
        this.judge = judge;
        this.bursts = bursts;
        this.dropped = dropped;
        this.socket = new DatagramSocket(address);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        this.threads = List.of(
                Thread.ofPlatform().daemon().name("syslog-receive").start(this::receive),
                Thread.ofVirtual().name("syslog-store").start(this::store));
    }

    void stop() throws InterruptedException {
        socket.close();
        for (var thread : threads) {
            thread.interrupt();
            thread.join(PAUSE_MILLIS);
        }
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LONGEST_DATAGRAM);
                socket.receive(packet);
                var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                SyslogMessage.lineOf(text).ifPresent(this::take);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warnf("a datagram could not be received: %s", e.getMessage());
                }
            }
        }
    }

    private void take(String line) {
        var parser = line.startsWith("{") ? edgeLog : couchLog;
        for (var sighting : parser.read(List.of(line))) {
            judge.judge(sighting).filter(attempt -> !waiting.offer(attempt)).ifPresent(_ -> dropped.increment());
        }
    }

    private void store() {
        var attempts = new ArrayList<Attempt>();
        try {
            while (true) {
                if (attempts.isEmpty()) {
                    attempts.add(waiting.take());
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                waiting.drainTo(attempts, AT_ONCE - attempts.size());
                if (stored(attempts)) {
                    attempts.clear();
                } else {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            stored(attempts);
        }
    }

    private boolean stored(List<Attempt> attempts) {
        try {
            bursts.take(attempts, () -> {});
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("%d refused requests wait to be counted: %s", attempts.size(), e.getMessage());
            return false;
        }
    }
}
