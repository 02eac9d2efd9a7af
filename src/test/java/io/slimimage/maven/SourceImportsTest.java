package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceImportsTest {

  @TempDir private Path module;
  private Path sources;

  @BeforeEach
  void makeDirectory() throws IOException {
    sources = Files.createDirectories(module.resolve("src/main/java/shop"));
  }

  @Test
  void findsTheClassesOfTheJdk() throws IOException {
    Files.writeString(
        sources.resolve("A.java"),
        """
        package shop;

        import com.sun.net.httpserver.HttpServer;
        import java.sql.*;
          import java.util.Map.Entry;
        import static java.lang.System.Logger.Level.INFO;
        import javax.sql.DataSource;
        import org.w3c.dom.Document;
        import org.springframework.boot.SpringApplication;
        // import java.rmi.Naming;
        class A {}
        """);

    assertThat(SourceImports.of(List.of(module)))
        .containsExactly(
            "com.sun.net.httpserver.HttpServer",
            "java.sql.*",
            "javax.sql.DataSource",
            "org.w3c.dom.Document");
  }

  @Test
  void readsOtherLanguagesAndEncodings() throws IOException {
    Files.writeString(sources.resolve("B.kt"), "import java.net.http.HttpClient\n");
    Files.writeString(
        sources.resolve("C.java"),
        "// Ä\r\nimport java.util.logging.Logger;\r\n",
        StandardCharsets.ISO_8859_1);
    Files.writeString(sources.resolve("notes.txt"), "import java.rmi.Naming;\n");

    assertThat(SourceImports.of(List.of(module)))
        .containsExactly("java.net.http.HttpClient", "java.util.logging.Logger");
  }

  @Test
  void takesTheMainSourcesOfAllModules() throws IOException {
    Files.writeString(sources.resolve("A.java"), "import java.sql.Date;\n");
    Path tests = Files.createDirectories(module.resolve("src/test/java"));
    Files.writeString(tests.resolve("T.java"), "import java.rmi.Naming;\n");
    Path other = Files.createDirectories(module.resolve("other/src/main/java"));
    Files.writeString(other.resolve("O.java"), "import javax.naming.Context;\n");

    assertThat(
            SourceImports.of(List.of(module, module.resolve("other"), module.resolve("without"))))
        .containsExactly("java.sql.Date", "javax.naming.Context");
  }

  @Test
  void passesOverWhatIsNoFile() throws IOException {
    Files.createDirectories(sources.resolve("generated.java"));
    Files.createSymbolicLink(sources.resolve("Gone.java"), Path.of("nowhere"));

    assertThat(SourceImports.of(List.of(module))).isEmpty();
  }
}
