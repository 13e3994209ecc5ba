"""The XPath that XLSForm writes: text → tokens → tree → values, with nothing ever evaluated."""
