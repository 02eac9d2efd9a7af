package io.slimimage.samples.sqlite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes into a database in a file of /tmp and tells what it reads back, one fact a line. */
public final class SqliteSample {

  private SqliteSample() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", SqliteSample::respond);
    server.start();
  }

  private static void respond(HttpExchange exchange) throws IOException {
    int status = 200;
    String text;
    try {
      text = facts();
    } catch (SQLException | IOException e) {
      status = 500;
      text = e.toString();
    }
    try (exchange) {
      byte[] answer = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String facts() throws SQLException, IOException {
    Path file = Files.createTempFile("fruit", ".db");
    // The driver is found as a service: nothing here names its class.
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("create table fruit (name text, price real)");
      }
      insert(connection, "사과", 1.5);
      insert(connection, "배", 2.25);
      connection.commit();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select count(*), sum(price), min(name), sqlite_version() from fruit")) {
        row.next();
        return "driver=%s%nrows=%d%nsum=%s%nfirst=%s%nversion=%s%nbytes=%d%n"
            .formatted(
                connection.getMetaData().getDriverName(),
                row.getInt(1),
                row.getBigDecimal(2),
                row.getString(3),
                row.getString(4),
                Files.size(file));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void insert(Connection connection, String name, double price)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into fruit values (?, ?)")) {
      insert.setString(1, name);
      insert.setDouble(2, price);
      insert.executeUpdate();
    }
  }
}
