package io.slimimage.maven;

import java.util.List;

/** Writes the options of {@code docker run} that publish ports, each as the port that it is. */
final class PortOptions {

  private PortOptions() {}

  /**
   * Returns the options, each with a space after it; successive ports are one, as in {@code -p
   * 5000-5009:5000-5009/udp}, since there can be thousands.
   *
   * @param exposed ports such as {@code 8080/tcp}, one of them may be there twice
   */
  static String of(List<String> exposed) {
    List<String> ports = exposed.stream().distinct().toList();
    StringBuilder options = new StringBuilder();
    int next = 0;
    while (next < ports.size()) {
      int first = next;
      do {
        next++;
      } while (next < ports.size() && follows(ports.get(next), ports.get(next - 1)));
      append(options, ports.get(first), ports.get(next - 1));
    }
    return options.toString();
  }

  private static void append(StringBuilder options, String first, String last) {
    String numbers = first.equals(last) ? "" + number(first) : number(first) + "-" + number(last);
    String protocol = protocol(first).equals("/tcp") ? "" : protocol(first);
    options.append("-p ").append(numbers).append(':').append(numbers).append(protocol).append(' ');
  }

  private static boolean follows(String port, String before) {
    return number(port) == number(before) + 1 && protocol(port).equals(protocol(before));
  }

  private static int number(String port) {
    return Integer.parseInt(port.substring(0, port.indexOf('/')));
  }

  private static String protocol(String port) {
    return port.substring(port.indexOf('/'));
  }
}
