package io.slimimage.samples.iotd;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The image of the day as a web service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IotdApplication {

  public static void main(String[] args) {
    SpringApplication.run(IotdApplication.class, args);
  }

  /** Days begin and end in UTC, wherever the service runs. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
