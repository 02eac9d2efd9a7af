package io.slimimage.samples.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import jakarta.xml.bind.annotation.adapters.XmlJavaTypeAdapter;
import java.time.LocalDate;
import java.util.List;

@XmlRootElement(name = "order")
@XmlAccessorType(XmlAccessType.FIELD)
class Order {

  @XmlAttribute int number;
  @XmlElement String customer;

  @XmlElement
  @XmlJavaTypeAdapter(Day.class)
  LocalDate day;

  @XmlElement(name = "item")
  List<String> items;

  static final class Day extends XmlAdapter<String, LocalDate> {

    @Override
    public LocalDate unmarshal(String text) {
      return LocalDate.parse(text);
    }

    @Override
    public String marshal(LocalDate day) {
      return day.toString();
    }
  }
}
