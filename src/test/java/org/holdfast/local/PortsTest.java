// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void a_taken_port_is_named_with_its_use_and_what_helps() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertFalse(Ports.isFree(port));
            Trouble trouble = assertThrows(Trouble.class, () -> new Ports(1, 2, port, 3).requireFree());
            assertTrue(trouble.getMessage().contains("Port "), trouble.getMessage());
            Trouble named = assertThrows(Trouble.class, () -> Ports.requireFree(port, "PostgreSQL"));
            assertEquals(
                    "Port " + port
                            + " is needed for PostgreSQL, but another program uses it: stop that program (find it with"
                            + " 'ss -ltnp' or 'lsof -i :" + port + "') and start again.",
                    named.getMessage());
        }
    }

    @Test
    void a_port_is_free_again_when_its_program_has_ended() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
        }
        assertTrue(Ports.isFree(port));
    }

    @Test
    void a_test_gets_ports_that_are_free_and_its_server_the_one_of_the_realm() {
        Ports ports = Ports.forTests();
        assertEquals(Ports.TEST_SERVER, ports.server());
        assertEquals(
                4,
                Set.of(ports.server(), ports.keycloak(), ports.postgres(), ports.management())
                        .size());
        assertTrue(
                Ports.isFree(ports.keycloak()) && Ports.isFree(ports.postgres()) && Ports.isFree(ports.management()));
    }

    @Test
    void the_run_command_keeps_its_ports() {
        assertEquals(new Ports(8080, 8180, 8432, 9100), Ports.RUN);
    }
}
