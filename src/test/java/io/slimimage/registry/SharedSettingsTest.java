package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSettingsTest {

  @TempDir private Path root;

  @BeforeEach
  void needsAnotherSystemThanWindows() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
  }

  @Test
  void mostUsersHaveNoTickets() {
    assertThat(SharedSettings.mayHaveTickets(Map.of("HOME", "/root"), root)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KRB5CCNAME", "KRB5_CONFIG"})
  void aVariableMayLeadToTickets(String name) {
    assertThat(SharedSettings.mayHaveTickets(Map.of(name, "/x"), root)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/krb5.conf", "Library/Preferences/edu.mit.Kerberos"})
  void aConfigurationMayLeadToTickets(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.createFile(file);

    assertThat(SharedSettings.mayHaveTickets(Map.of(), root)).isTrue();
  }

  @Test
  void aPropertyMayLeadToTickets() {
    System.setProperty("java.security.krb5.realm", "TEST");
    try {
      assertThat(SharedSettings.mayHaveTickets(Map.of(), root)).isTrue();
    } finally {
      System.clearProperty("java.security.krb5.realm");
    }
  }
}
