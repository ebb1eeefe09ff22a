package io.shopsync.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortsTest {

    @Test
    void knowsWhetherAPortIsFree() throws Exception {
        // Given
        int port = Ports.free();
        assertThat(Ports.isFree(port)).isTrue();
        // When
        try (var holder = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            // Then
            assertThat(Ports.isFree(holder.getLocalPort())).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheProcessThatListensOnAPort() throws Exception {
        // Given
        try (var holder = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            // When
            var name = PortHolder.of(holder.getLocalPort());
            // Then
            assertThat(name)
                    .hasValueSatisfying(found -> assertThat(found)
                            .endsWith("(process " + ProcessHandle.current().pid() + ")"));
        }
        assertThat(PortHolder.of(Ports.free())).isEmpty();
    }
}
